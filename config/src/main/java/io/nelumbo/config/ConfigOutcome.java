package io.nelumbo.config;

import java.util.List;

/** What loading a configuration came to. */
public sealed interface ConfigOutcome {

    /**
     * Right in itself. Whether this node belongs to the peer set is known only with its identity:
     * ask {@link #membershipErrors} before starting.
     */
    record Loaded(NodeConfig config, Origin origin) implements ConfigOutcome {

        /**
         * What is wrong with this node being a member of the configured cluster; empty if nothing
         * is, or if cluster mode is off.
         */
        public List<ConfigError> membershipErrors(final PeerId ownPeerId) {
            return PeersetCheck.membershipErrors(config.cluster(), ownPeerId, origin.peerset());
        }
    }

    /** Not usable; all mistakes that could be found at once, in the order of the file. */
    record Refused(List<ConfigError> errors) implements ConfigOutcome {

        /** All mistakes for a human, one a line. */
        public String text() {
            return String.join("\n", errors.stream().map(ConfigError::text).toList());
        }
    }
}
