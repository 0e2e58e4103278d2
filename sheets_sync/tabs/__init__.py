"""The service's own tabs: what each says, and what people say in them."""
