"""The kinds of notice, one file for each, named like the kind; ``services.notices.kinds`` finds them here.

They are not inside that package because they use the operations of other nouns (``schemes``, ``awards``,
``fund_papers``), which themselves ask it what stands in their way.
"""
