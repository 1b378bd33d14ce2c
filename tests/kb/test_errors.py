import inspect

import kb.errors


def test_the_docstring_draws_every_error() -> None:
    drawn = kb.errors.__doc__ or ""
    classes = [
        name for name, value in vars(kb.errors).items() if inspect.isclass(value) and issubclass(value, Exception)
    ]
    assert [name for name in classes if name not in drawn] == []
    assert all(inspect.getdoc(getattr(kb.errors, name)) for name in classes)
