"""What the pages and the JSON API share: the request, addresses, labels, refusals."""
