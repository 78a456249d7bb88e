"""公示备案: what is to be published, what hangs, objections, results and filings."""
