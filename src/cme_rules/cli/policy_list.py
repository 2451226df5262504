"""`cme-rules policy list`."""

import click

__all__ = ["list_policies"]


@click.command("list")
def list_policies() -> None:
    """List the policies that can be asked for by name, each with its title and what it extends."""
    from cme_rules.cli.policies import own_folder
    from cme_rules.policy.loading.find import policies_folder, shipped_policies
    from cme_rules.policy.loading.tables import read_toml

    seen: set[str] = set()
    for folder in filter(None, (own_folder(), policies_folder())):
        for name in shipped_policies(folder):
            if name in seen:
                continue
            seen.add(name)
            head, faults = read_toml(folder / name / "policy.toml", name=f"{name}/policy.toml")
            title = str(head.data.get("title", "")) if not faults else "(cannot be read; see: cme-rules policy check)"
            extends = f" (extends {head.data['extends']})" if head.data.get("extends") else ""
            click.echo(f"{name}: {title}{extends}")
