BARE = "/bench/bare/"
"""Where the bare view stands: under the bench alone."""
