"""资金审批: use plans and approval sheets, and the ledger of fund sources."""
