package dev.countersign.samples.cli.keys;

import picocli.CommandLine.Command;

/** {@code countersign keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Rotates the keys of a ring file.",
        subcommands = {NewKey.class, PromoteKey.class, RetireKey.class, RevokeKey.class, ListKeys.class, NextStep.class
        },
        footer = {
            "",
            "A rotation: new, wait until every verifier and back end holds the ring,",
            "promote, wait until no proof of the former primary can be alive, revoke.",
            "'countersign keys next' says which step is safe, and when."
        })
public final class KeysCommand {}
