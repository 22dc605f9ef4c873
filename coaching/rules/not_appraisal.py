"""A coaching tool, and never an audit for appraisal (FAQ, in supervision): what an agreement begins with, and what a record says of itself.

That nobody else can read it is `docs/product.md`, 6; that nothing is added up is `tests/architecture/test_no_appraisal.py`.
"""

PURPOSE = (
    "We use the practice profiles to talk about {worker}’s practice, and to deepen it a little at a time. We don’t use "
    "them to appraise it. {supervisor} won’t bring a level, a reflection or an observation from here into an "
    "evaluation, a promotion or a discipline matter."
)
CONCERNS = (
    "If {supervisor} worries about performance or about a child’s safety, {supervisor} says so openly and takes it up "
    "outside SOP Coach, in the agency’s usual way."
)
"""Worries about performance are taken up elsewhere, openly."""

NOTICE = (
    "This is one person’s coaching record, exported by that person. It was written for coaching and never for "
    "appraisal. An agency’s records may be reachable by law."
)
"""On every export and every sheet of it."""
