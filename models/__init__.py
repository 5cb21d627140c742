"""UNDERSTAND: taxonomy, corpus, classifier, reader and gazetteer: from a document to labels, mentions and masked text."""
