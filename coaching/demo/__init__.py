"""The demo unit: invented people with three months of coaching behind them, told through the domain's own verbs.

`unit` builds it. `wanda` and `linh` are the stories, written as a `script` (what is said and done, in order) that a
`pair` plays, on days that a `clock` works out from now. Nothing here is used outside of the demo.
"""
