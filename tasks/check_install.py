"""Check one way of installing: the policies are found, and found where this way should find them.

Run from a folder that is not the repository: `python tasks/check_install.py wheel|editable|checkout`.
"""

import sys
from pathlib import Path

import cme_rules
from cme_rules.cli import main
from cme_rules.policy.loading.find import policy_folder
from cme_rules.policy.loading.packed import packed

REPOSITORY = Path(__file__).resolve().parents[1]


def check(how: str) -> None:
    """Fail loudly unless the package comes from where it should and answers for a policy it carries."""
    package = Path(cme_rules.__file__).resolve().parent
    from_source = package.is_relative_to(REPOSITORY / "src")
    if from_source is (how == "wheel"):
        sys.exit(f"{how}: the package came from the wrong place")
    if (package / "policies").is_dir() is from_source:
        sys.exit(f"{how}: the policies lie in the wrong place")
    policy = cme_rules.load_policy("east_sussex")
    if (packed(policy_folder("east_sussex")) is None) is (how == "wheel"):
        sys.exit(f"{how}: a wheel carries the policy ready for use, and nothing else does")
    print(f"{how}: found the policy {policy.id}")
    sys.argv = ["cme-rules", "policy", "list"]
    main()


if __name__ == "__main__":
    check(sys.argv[1])
