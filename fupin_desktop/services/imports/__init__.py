"""Getting registers in: safe reading, recognition of headings, parsing into records, preview and storing."""
