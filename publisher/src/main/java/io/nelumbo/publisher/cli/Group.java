package io.nelumbo.publisher.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only has commands below it: {@code nelumbo net …}. */
@Command(mixinStandardHelpOptions = true)
final class Group implements Runnable {
    private @Spec CommandSpec spec = CommandSpec.create();

    private Group() {}

    static CommandLine of(final String name, final String description, final Object... commands) {
        final CommandLine line = new CommandLine(new Group());
        line.getCommandSpec().name(name).usageMessage().description(description);
        for (final Object command : commands) {
            line.addSubcommand(command);
        }
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }
}
