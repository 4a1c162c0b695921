"""What `briefbot doctor` checks, one file for each subject."""
