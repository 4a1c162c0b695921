"""E-mail: digests as mails, through the operator's mail server."""
