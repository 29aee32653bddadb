"""What is broken: looked for when somebody asks, and each morning, and said in sentences with what to do next."""
