"""How often has something failed lately, and how long must the next try wait? Counts are the whole installation's.

What is counted is named by a keyed digest, so that the table says nothing of whom or where. The functions are in
`counting`.
"""
