"""The weekly digest: one mail a group that people forward. See README.md in this folder."""
