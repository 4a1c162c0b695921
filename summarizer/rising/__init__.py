"""What is reported more than on the days before."""
