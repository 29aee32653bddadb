"""The classifier: pure scikit-learn, no Django. `training` makes one, `model` uses it, `files` keeps it.

from meldingen.classification.training import train
from meldingen.classification.files import load, save

classifier = train(texts, labels, dates)
decision = classifier.decide("De lantaarnpaal voor de school is al drie dagen uit")
kept = save(classifier, path)
classifier = load(path, sha256=kept.sha256)
"""
