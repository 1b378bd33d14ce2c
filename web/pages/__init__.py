"""The pages of the site, one module each; the template of the same name is in ``templates/``."""
