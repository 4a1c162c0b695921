"""Webhooks: digests as signed JSON, posted to an address of the operator's."""
