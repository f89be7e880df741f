"""The response generator: curated wordings, their sources, and the choices offered with them."""
