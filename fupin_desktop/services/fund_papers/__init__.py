"""Documents of money: use plans (呈批表) and approval sheets (审批表), tied to the ledger of fund sources."""
