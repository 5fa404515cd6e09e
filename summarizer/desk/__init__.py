"""The desk: records made, checked, reviewed and labelled over HTTP, by people on this machine or with a token."""
