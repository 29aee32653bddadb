"""From what a melding is about to who handles it: prediction, rules, terms."""
