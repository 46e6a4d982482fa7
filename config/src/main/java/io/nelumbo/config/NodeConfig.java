package io.nelumbo.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole configuration of a node, checked. Folders are resolved against the node's folder.
 * Immutable. Source: DESIGN §9; {@link DefaultConfig} prints every key with its meaning.
 */
public record NodeConfig(
        ApiConfig api,
        Libp2pConfig libp2p,
        ClusterConfig cluster,
        PipelineConfig pipeline,
        JournalConfig journal,
        PublishConfig publish,
        FeesConfig fees,
        List<UpstreamConfig> upstreams,
        WalletConfig wallet) {

    static final List<Section> SECTIONS =
            List.of(
                    ApiConfig.SECTION,
                    Libp2pConfig.SECTION,
                    ClusterConfig.SECTION,
                    PipelineConfig.SECTION,
                    JournalConfig.SECTION,
                    PublishConfig.SECTION,
                    FeesConfig.SECTION,
                    UpstreamConfig.SECTION,
                    WalletConfig.SECTION);

    /**
     * What a node runs with when nothing is set.
     *
     * @param folder the node's folder, where its usual folders are
     */
    public static NodeConfig defaults(final Path folder) {
        final Place nowhere = new Place("default", 0, 0);
        return from(new Values(new Settings(), folder, nowhere, new ArrayList<>()));
    }

    static NodeConfig from(final Values values) {
        return new NodeConfig(
                ApiConfig.from(values),
                Libp2pConfig.from(values),
                ClusterConfig.from(values),
                PipelineConfig.from(values),
                JournalConfig.from(values),
                PublishConfig.from(values),
                FeesConfig.from(values),
                UpstreamConfig.from(values),
                WalletConfig.from(values));
    }
}
