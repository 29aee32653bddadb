"""How much one network, account or town may ask at once; counted in Redis, so that all processes count together.

Whatever is counted, Redis holds no address and no name: keys are hashes under SECRET_KEY, gone with their window.
Without Redis nothing is limited.
"""
