"""Numbers of people killed or injured, as texts state them."""
