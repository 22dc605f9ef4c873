"""What becomes of a form on its way: sent twice, sent after a sign-out, sent from an older page, cut off (ADR 17)."""
