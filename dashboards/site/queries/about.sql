-- What the file says of itself.
SELECT key, value FROM about;
