"""The quarterly tables (清远 附件2, 附件3): read from the registers, put together, due, collected from the villages."""
