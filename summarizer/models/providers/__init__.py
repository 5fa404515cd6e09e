"""What is known of who answers: providers and endpoints as data, and what they are sent."""
