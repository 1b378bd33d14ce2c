"""Reading and searching in a browser, and the JSON API.

`app.create_app` is the only place where a running site is put together; what lives as long as the server is in
`site.Site`. Each page is a module in ``pages/`` with its template of the same name; what the template receives is a
dataclass beside the route. A page and its htmx fragment have the same address: the fragment is a block of the page's
template.

Every page works without JavaScript. All text is in a gettext catalogue under ``locale/``. Only `errors` knows HTTP
status codes, only `htmx` knows htmx's headers, only `texts` knows gettext.

Read in this order: ``app``, ``site``, ``templating``, ``addresses``, ``choices``, ``pages``, ``api``.
This room uses all the others.
"""
