"""The GitHub action: what `action.yml` at the root of the repository runs."""
