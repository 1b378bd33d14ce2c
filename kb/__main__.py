"""The front door: the command ``kb``. Each sub-command imports its room only when it is called."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.console import (
    count_problems,
    log_unforeseen,
    print_gaps,
    print_hits,
    print_json,
    print_plan_match,
    print_problems,
    progress_bar,
)
from kb.errors import KnowledgeBaseError
from kb.settings import Settings

if TYPE_CHECKING:
    from importers.markdown import ImportPlan
    from index.results import Hit
    from kb.checks import Reference

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
                  help="Keep, find and serve municipalities' experience.")
index_app = typer.Typer(no_args_is_help=True, help="Build and look after the search index.")
register_app = typer.Typer(no_args_is_help=True, help="The register of municipalities.")
app.add_typer(index_app, name="index")
app.add_typer(register_app, name="register")

Paths = Annotated[list[Path], typer.Argument(help="Files, folders or zip files.")]
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Limit = Annotated[int, typer.Option(min=1, max=100, help="At most this many cases.")]
NoIndex = Annotated[bool, typer.Option("--no-index", help="Leave the search index as it is.")]


@app.command()
def check(paths: Paths) -> None:
    """List what is wrong with case documents; exit with 1 when there are errors."""
    from importers.files import read_files
    from kb.checks import check_cases
    from kb.parsing import parse_bytes
    from kb.problems import Severity, has_severity
    from kb.reference import read_reference

    found = list(read_files(paths))
    if not found:
        raise typer.BadParameter("there are no Markdown files there", param_hint="PATHS")
    problems = [file.problem for file in found if file.problem]
    parsed = [parse_bytes(file.raw, file.path) for file in found if not file.problem]
    problems += check_cases(parsed, read_reference(Settings()))
    print_problems(problems)
    typer.echo(f"{len(found)} files: {count_problems(problems)}", err=True)
    if has_severity(problems, Severity.ERROR):
        raise typer.Exit(1)


@app.command("import")
def import_(
    paths: Paths,
    publish: Annotated[bool, typer.Option(help="Publish cases without errors and warnings.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Only tell what would happen.")] = False,
    keep_going: Annotated[bool, typer.Option(help="Apply the good files when others are refused.")] = False,
    no_index: NoIndex = False,
    as_json: AsJson = False,
) -> None:
    """Import case documents, all of them or none; exit with 1 when any was refused or in conflict."""
    from importers.files import read_files
    from importers.markdown import apply_plan, describe_plan, plan_import
    from kb.database import make_database, write_session
    from kb.reference import read_reference
    from kb.store import Store

    settings = Settings()
    reference = read_reference(settings)
    found = list(read_files(paths))
    with write_session(make_database(settings.database_path)) as session:
        store = Store(session)
        with progress_bar("Reading", len(found), shown=not as_json) as advance:
            plan = plan_import(found, store, reference, publish=publish, progress=advance)
        if not dry_run:
            apply_plan(plan, store, reference, author="import", keep_going=keep_going)
    if as_json:
        typer.echo(json.dumps(describe_plan(plan), ensure_ascii=False))
    else:
        _print_plan(plan, dry_run)
    if plan.applied and any(file.publish for file in plan.files) and not no_index:
        _update_index(settings, reference)
    if plan.blocked:
        raise typer.Exit(1)


@app.command()
def export(folder: Annotated[Path, typer.Argument(help="Where to write cases/<id>.md.")]) -> None:
    """Write every case back as the file it was."""
    from importers.export import export_cases
    from kb.database import open_database, read_session
    from kb.store import Store

    with read_session(open_database(Settings().database_path)) as session:
        typer.echo(f"{export_cases(Store(session), folder)} cases written to {folder}")


@app.command()
def revise(
    path: Annotated[Path, typer.Argument(help="The case document as it should be.")],
    author: Annotated[str, typer.Option(help="Who made the change.")],
    publish: Annotated[bool, typer.Option(help="Publish it, if it has no warnings.")] = False,
    no_index: NoIndex = False,
) -> None:
    """Store a person's edit of one case as its newest revision; settles an import conflict."""
    from importers.files import read_files
    from kb.checks import check_case
    from kb.database import open_database, write_session
    from kb.derived import publish_case
    from kb.errors import CaseRefused
    from kb.models import CaseState, Origin
    from kb.parsing import parse_bytes
    from kb.problems import Severity, has_severity
    from kb.reference import read_reference
    from kb.store import Store

    settings = Settings()
    reference = read_reference(settings)
    file = next(iter(read_files([path])))
    parsed = parse_bytes(file.raw, file.path)
    problems = [file.problem] if file.problem else check_case(parsed, reference)
    print_problems(problems)
    if has_severity(problems, Severity.ERROR):
        raise CaseRefused(str(path), ["Correct the errors above and try again."])
    if publish and has_severity(problems, Severity.WARNING):
        raise CaseRefused(str(path), ["What has warnings is not published. Mend them, or leave out --publish."])
    with write_session(open_database(settings.database_path)) as session:
        store = Store(session)
        case = store.get_case(parsed.document.front.id)
        revision = store.add_revision(case.id, parsed.document.text, Origin.EDIT, author)
        if publish:
            publish_case(store, case.id, reference)
        seen = f"readers see revision {case.published}" if case.state == CaseState.PUBLISHED else f"it is {case.state}"
        how = "" if publish else f" To publish: kb import {path} --publish"
        typer.echo(f"{case.id}: revision {revision.number} stored; {seen}.{how}")
    if publish and not no_index:
        _update_index(settings, reference)


@app.command()
def archive(
    case_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a case.")], no_index: NoIndex = False
) -> None:
    """Take a case from the readers and from the search; its revisions stay."""
    from kb.database import open_database, write_session
    from kb.derived import archive_case
    from kb.store import Store

    settings = Settings()
    with write_session(open_database(settings.database_path)) as session:
        archive_case(Store(session), case_id)
    typer.echo(f"{case_id} is archived. To bring it back: kb revise FILE --author NAME --publish")
    if not no_index:
        _update_index(settings)


@app.command()
def migrate() -> None:
    """Bring the database to the schema of this program."""
    from kb.database import make_database

    path = Settings().database_path
    make_database(path)
    typer.echo(f"{path} has the current schema")


@app.command()
def rebuild() -> None:
    """Check every revision, make all derived rows again, and tell whether they came out identical."""
    from kb.database import open_database, write_session
    from kb.derived import rebuild_rows
    from kb.reference import read_reference
    from kb.store import Store

    settings = Settings()
    reference = read_reference(settings)
    with write_session(open_database(settings.database_path)) as session:
        store = Store(session)
        revisions = store.check_chains()
        result = rebuild_rows(store, reference)
    typer.echo(f"{revisions} revisions as written; rows of {result.cases} published cases made again: "
               f"{'identical' if result.identical else 'they had differed, and are now right'}")
    if not result.identical:
        raise typer.Exit(1)


@index_app.command("build")
def index_build() -> None:
    """Build the search index from the published cases, reusing what has not changed."""
    from index.build import build_index

    settings = Settings()
    with progress_bar("Indexing", None) as advance:
        built = build_index(settings, progress=advance, verify=True)
    typer.echo(built.sentence)


@index_app.command("info")
def index_info(as_json: AsJson = False) -> None:
    """Tell what the search index was built from."""
    from index.storage.manifest import describe_manifest, read_manifest

    manifest = read_manifest(Settings().index_dir)
    typer.echo(manifest.model_dump_json() if as_json else describe_manifest(manifest))


@index_app.command("verify")
def index_verify() -> None:
    """Check that the index is whole and that it holds exactly the published cases."""
    from index.build import verify_index

    typer.echo(verify_index(Settings()))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What you look for, in your own words.")],
    filter_: Annotated[
        list[str] | None, typer.Option("--filter", help="Facet and value, such as theme:sykefravaer; may be repeated.")
    ] = None,
    balanced: Annotated[bool, typer.Option("--balanced", help="Show what went less well among the first ten.")] = False,
    limit: Limit = 10,
    offset: Annotated[int, typer.Option(min=0, help="Leave out this many before the first.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Find cases by meaning and by words."""
    from index.facets import parse_filter
    from index.searcher import open_searcher

    filters = [parse_filter(text) for text in filter_ or ()]
    result = open_searcher(Settings()).search(query, filters=filters, limit=limit, offset=offset, balanced=balanced)
    if as_json:
        print_json(result.model_dump())
        return
    if result.correction:
        typer.echo(f"Did you mean: {result.correction}")
    if not result.total:
        typer.echo("No good match, nearest:" if result.nearest else "No good match.")
    elif not result.hits:
        typer.echo(f"There are only {result.total} cases.")
    print_hits([_describe_hit(hit) for hit in result.hits or result.nearest[:limit]])
    if result.total > len(result.hits):
        typer.echo(f"{'at least ' if result.capped else ''}{result.total} cases in all")


@app.command()
def similar(
    case_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a case.")],
    limit: Limit = 5,
    as_json: AsJson = False,
) -> None:
    """Find cases that are like a case."""
    from index.searcher import open_searcher

    result = open_searcher(Settings()).find_similar(case_id, limit=limit)
    if as_json:
        print_json(result.model_dump())
        return
    if not result.hits:
        typer.echo("No other case is much like it.")
    print_hits([_describe_hit(hit) for hit in result.hits])


@app.command()
def plan(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A plan as text or Markdown.")
    ],
    limit: Annotated[int, typer.Option(min=1, max=20, help="At most this many cases for each section.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Compare a plan with cases, section by section, and list what they had that it lacks; the text is not stored."""
    from index.plan.library import SnapshotLibrary
    from index.plan.match import match_plan
    from index.plan.mentions import Mentions
    from index.searcher import open_searcher
    from kb.reference import read_reference
    from kb.thesaurus import read_thesaurus

    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise typer.BadParameter("it is not text in UTF-8", param_hint="FILE") from error
    settings = Settings()
    searcher, vocabularies = open_searcher(settings), read_reference(settings).vocabularies
    mentions = Mentions(vocabularies, read_thesaurus(settings.content_dir), searcher.encoder)
    match = match_plan(text, searcher, SnapshotLibrary(searcher.snapshot), mentions, limit)
    if as_json:
        print_json(match.model_dump())
    else:
        print_plan_match(match.model_dump(), vocabularies)


@app.command()
def gaps(
    since: Annotated[str, typer.Option(help="First month, such as 2026-01; all there are if left out.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most this many queries.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List the queries that nothing in the collection answered, most frequent first."""
    from dataclasses import asdict

    from kb.database import open_database, read_session
    from kb.gaps import list_gaps

    if since and not MONTH.fullmatch(since):
        raise typer.BadParameter("write a month as 2026-01", param_hint="--since")
    with read_session(open_database(Settings().database_path)) as session:
        found = [asdict(gap) for gap in list_gaps(session, since, limit)]
    if as_json:
        print_json({"gaps": found})
    else:
        print_gaps(found)


@app.command()
def evaluate(
    golden: Annotated[Path, typer.Argument(metavar="FILE", help="Golden queries with judgements.")],
    model: Annotated[str, typer.Option(help="Folder or hub name of a model; the bundled one if left out.")] = "",
    write: Annotated[Path | None, typer.Option(help="Markdown file to put the table into, between its marks.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare our search with the baselines on judged queries."""
    from index.encoder_folder import open_encoder
    from index.evaluation import report, systems
    from index.evaluation.golden import read_golden
    from kb.reference import read_reference
    from kb.thesaurus import read_thesaurus

    settings = Settings()
    queries = read_golden(golden)
    documents = report.read_documents(settings.content_dir)
    encoder = open_encoder(model or settings.model)
    concepts = read_thesaurus(settings.content_dir).values()
    compared = systems.list_systems(documents, encoder, read_reference(settings), concepts)
    result = report.evaluate(compared, queries, documents, model=encoder.name)
    table = report.render_table(result)
    if write:
        report.write_table(table, write)
    typer.echo(result.model_dump_json() if as_json else table)


@app.command()
def serve() -> None:
    """Serve the site."""
    from web.server import run_server

    run_server(Settings())


@register_app.command("build")
def register_build(source: Annotated[Path, typer.Argument(help="Folder with the published lists.")]) -> None:
    """Make the register of municipalities from published lists."""
    from importers.register import build_register

    for name, rows in build_register(source, Settings().vocabulary_dir).items():
        typer.echo(f"{name}: {rows} rows")


def _update_index(settings: Settings, reference: "Reference | None" = None) -> None:
    """Bring an index that exists to what is now published; the sentence goes where it is in no JSON's way."""
    from index.build import build_index
    from index.storage.manifest import find_current

    if find_current(settings.index_dir) is None:
        return
    try:
        typer.echo(build_index(settings, reference=reference).sentence, err=True)
    except KnowledgeBaseError as error:
        typer.echo(f"kb: it is stored, but the search index was not brought up to date: {error}", err=True)
        raise typer.Exit(1) from error


def _describe_hit(hit: "Hit") -> dict[str, Any]:
    """Give what is printed of a hit."""
    from index.excerpt import cut_excerpt

    excerpt = cut_excerpt(hit.passage, hit.marks, longest=240)
    return {**hit.model_dump(), "pieces": excerpt.pieces}


def _print_plan(plan: "ImportPlan", dry_run: bool) -> None:
    from importers.markdown import Action
    from kb.problems import Severity

    for file in plan.files:
        problems = [p for p in file.problems if p.severity != Severity.HINT]
        if file.stands_in_the_way or problems:
            typer.echo(f"{file.path}: {file.action}")
        if file.action == Action.CONFLICT:
            typer.echo(f"  {file.case_id} was edited here since its last import; nothing was overwritten. "
                       "Write it out with kb export, bring the two texts together in the file, then kb revise it "
                       "and import it again.")
        print_problems(problems)
    counts = ", ".join(f"{plan.count(action)} {action}" for action in Action if plan.count(action))
    published = sum(file.publish for file in plan.files)
    typer.echo(f"{counts or 'no files'}; {published} to publish" if not plan.applied else
               f"{counts or 'no files'}; {published} published")
    if dry_run:
        typer.echo("This was a dry run: nothing was changed.")
    elif not plan.applied:
        typer.echo("Nothing was changed. Correct the files above, or use --keep-going to import the others.")


def main() -> None:
    """Run the command line; every failure ends in a sentence, never in a stack trace."""
    try:
        app()
    except KnowledgeBaseError as error:
        typer.echo(f"kb: {error}", err=True)
        sys.exit(1)
    except Exception as error:
        typer.echo(f"kb: something went wrong that was not foreseen ({log_unforeseen(error)})", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
