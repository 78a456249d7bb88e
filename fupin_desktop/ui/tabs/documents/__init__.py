"""The tab of documents: records, paper, checks and flow; one class for every kind of official form."""
