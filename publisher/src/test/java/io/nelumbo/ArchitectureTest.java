package io.nelumbo;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.Future;

/** The floors of the house: imports run one way, and each engine has one door. */
@AnalyzeClasses(packages = "io.nelumbo", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule shouldHaveNoPackageCycle =
            slices().matching("io.nelumbo.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule shouldImportModulesOneWay =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("config")
                    .definedBy("io.nelumbo.config..")
                    .layer("journal")
                    .definedBy("io.nelumbo.journal..")
                    .layer("statemachine")
                    .definedBy("io.nelumbo.statemachine..")
                    .layer("publisher")
                    .definedBy("io.nelumbo.publisher..")
                    .whereLayer("config")
                    .mayNotAccessAnyLayer()
                    .whereLayer("journal")
                    .mayNotAccessAnyLayer()
                    .whereLayer("statemachine")
                    .mayOnlyAccessLayers("config", "journal")
                    .whereLayer("statemachine")
                    .mayOnlyBeAccessedByLayers("publisher");

    @ArchTest
    static final ArchRule shouldImportPublisherFloorsDownwards =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .withOptionalLayers(true)
                    .layer("jsonrpc")
                    .definedBy("io.nelumbo.publisher.jsonrpc..")
                    .layer("chain")
                    .definedBy("io.nelumbo.publisher.chain")
                    .layer("chains")
                    .definedBy("io.nelumbo.publisher.chain.*..")
                    .layer("wallet")
                    .definedBy("io.nelumbo.publisher.wallet..")
                    .layer("pipeline")
                    .definedBy("io.nelumbo.publisher.pipeline..")
                    .layer("publish")
                    .definedBy("io.nelumbo.publisher.publish..")
                    .layer("api")
                    .definedBy("io.nelumbo.publisher.api..")
                    .layer("migration")
                    .definedBy("io.nelumbo.publisher.migration..")
                    .layer("node")
                    .definedBy("io.nelumbo.publisher.node..")
                    .layer("client")
                    .definedBy("io.nelumbo.publisher.client..")
                    .layer("load")
                    .definedBy("io.nelumbo.publisher.load..")
                    .layer("devchain")
                    .definedBy("io.nelumbo.publisher.devchain..")
                    .layer("cli")
                    .definedBy("io.nelumbo.publisher.cli..")
                    .whereLayer("jsonrpc")
                    .mayNotAccessAnyLayer()
                    .whereLayer("chain")
                    .mayOnlyAccessLayers("jsonrpc")
                    .whereLayer("chains")
                    .mayOnlyAccessLayers("chain", "jsonrpc")
                    .whereLayer("wallet")
                    .mayOnlyAccessLayers("chains", "chain", "jsonrpc")
                    .whereLayer("pipeline")
                    .mayOnlyAccessLayers("wallet", "chains", "chain", "jsonrpc")
                    .whereLayer("publish")
                    .mayOnlyAccessLayers("pipeline", "wallet", "chains", "chain", "jsonrpc")
                    .whereLayer("api")
                    .mayOnlyAccessLayers(
                            "publish", "pipeline", "wallet", "chains", "chain", "jsonrpc")
                    .whereLayer("client")
                    .mayOnlyAccessLayers("chains", "chain", "jsonrpc")
                    .whereLayer("client")
                    .mayOnlyBeAccessedByLayers("load", "cli")
                    .whereLayer("load")
                    .mayOnlyAccessLayers("client", "chains", "chain", "jsonrpc")
                    .whereLayer("load")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("devchain")
                    .mayOnlyAccessLayers("chains", "chain", "jsonrpc")
                    .whereLayer("devchain")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("migration")
                    .mayOnlyAccessLayers("chains", "chain", "jsonrpc")
                    .whereLayer("migration")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("node")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("cli")
                    .mayNotBeAccessedByAnyLayer();

    /**
     * Answers come on event loops, and whatever waits there waits for itself. {@code PushDesk} and
     * {@code Batch} look at futures that are done; {@code ClientConnections} waits for its own end.
     */
    @ArchTest
    static final ArchRule shouldNotWaitForFuturesWhereEventLoopsCall =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.nelumbo.publisher.jsonrpc..",
                            "io.nelumbo.publisher.chain..",
                            "io.nelumbo.publisher.client..",
                            "io.nelumbo.publisher.api..")
                    .and()
                    .doNotHaveSimpleName("PushDesk")
                    .and()
                    .doNotHaveSimpleName("Batch")
                    .and()
                    .doNotHaveSimpleName("ClientConnections")
                    .should()
                    .callMethodWhere(
                            target(owner(assignableTo(Future.class)))
                                    .and(target(nameMatching("join|get|resultNow"))))
                    .orShould()
                    .callMethodWhere(
                            target(owner(assignableTo(Thread.class)))
                                    .and(target(nameMatching("sleep|join"))));

    /** What waits for others stands beside what is ours, and only the node knows both. */
    @ArchTest
    static final ArchRule shouldKeepProxyFeedAndWatchApart =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("api")
                    .definedBy("io.nelumbo.publisher.api")
                    .layer("push")
                    .definedBy("io.nelumbo.publisher.api.push..")
                    .layer("proxy")
                    .definedBy("io.nelumbo.publisher.api.proxy..")
                    .layer("feed")
                    .definedBy("io.nelumbo.publisher.api.feed..")
                    .layer("upstream")
                    .definedBy("io.nelumbo.publisher.api.upstream..")
                    .whereLayer("proxy")
                    .mayOnlyAccessLayers("api", "upstream")
                    .whereLayer("proxy")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("feed")
                    .mayNotAccessAnyLayer()
                    .whereLayer("upstream")
                    .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule shouldImportPublishingDownwards =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("publish")
                    .definedBy("io.nelumbo.publisher.publish")
                    .layer("lane")
                    .definedBy("io.nelumbo.publisher.publish.lane")
                    .layer("confirm")
                    .definedBy("io.nelumbo.publisher.publish.confirm")
                    .layer("proof")
                    .definedBy("io.nelumbo.publisher.publish.proof")
                    .layer("upstream")
                    .definedBy("io.nelumbo.publisher.publish.upstream")
                    .layer("port")
                    .definedBy("io.nelumbo.publisher.publish.port")
                    .layer("loop")
                    .definedBy("io.nelumbo.publisher.publish.loop")
                    .whereLayer("publish")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("lane")
                    .mayOnlyBeAccessedByLayers("publish")
                    .whereLayer("confirm")
                    .mayOnlyBeAccessedByLayers("publish")
                    .whereLayer("proof")
                    .mayOnlyAccessLayers("upstream", "port", "loop")
                    .whereLayer("upstream")
                    .mayOnlyAccessLayers("port", "loop")
                    .whereLayer("port")
                    .mayOnlyAccessLayers("loop")
                    .whereLayer("loop")
                    .mayNotAccessAnyLayer();

    /** What takes a message to the leader knows nothing of methods and permissions. */
    @ArchTest
    static final ArchRule shouldImportTheWayInDownwards =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("api")
                    .definedBy("io.nelumbo.publisher.api")
                    .layer("push")
                    .definedBy("io.nelumbo.publisher.api.push")
                    .layer("wallet")
                    .definedBy("io.nelumbo.publisher.api.wallet")
                    .layer("mpool")
                    .definedBy("io.nelumbo.publisher.api.mpool")
                    .whereLayer("wallet")
                    .mayOnlyAccessLayers("push")
                    .whereLayer("mpool")
                    .mayOnlyAccessLayers("push")
                    .whereLayer("push")
                    .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule shouldSeeChronicleOnlyInItsPackage =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.nelumbo.journal.chronicle..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("net.openhft..");

    @ArchTest
    static final ArchRule shouldSeeRatisOnlyInItsPackage =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.nelumbo.statemachine.raft..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.ratis..");

    /** The service's generated classes are both sides' words; what carries them is not. */
    @ArchTest
    static final ArchRule shouldSeeGrpcOnlyAtTheTwoEndsOfItsStreams =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.nelumbo.publisher.api.stream..",
                            "io.nelumbo.publisher.client.stream..",
                            "io.nelumbo.publisher.stream.v1..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.grpc..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule shouldSeeOpenTelemetryOnlyInItsPackage =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.nelumbo.publisher.trace.otel..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.opentelemetry..");

    /** Below every floor, so that each of them may be traced; only the node chooses the engine. */
    @ArchTest
    static final ArchRule shouldTraceWithoutKnowingWhat =
            noClasses()
                    .that()
                    .resideInAPackage("io.nelumbo.publisher.trace..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.nelumbo..")
                                    .and(not(resideInAPackage("io.nelumbo.publisher.trace.."))));

    @ArchTest
    static final ArchRule shouldChooseTheTracingEngineInTheNodeOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.nelumbo.publisher.trace.otel..", "io.nelumbo.publisher.node..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.nelumbo.publisher.trace.otel..");

    @ArchTest
    static final ArchRule shouldSeeTomlOnlyInConfig =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.nelumbo.config..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.tomlj..");

    @ArchTest
    static final ArchRule shouldApplyWithoutClockRandomOrIo =
            noClasses()
                    .that()
                    .resideInAPackage("io.nelumbo.statemachine.ledger..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.time..")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "getenv")
                    .orShould()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.util\\.(Random|UUID|concurrent\\.ThreadLocalRandom)");
}
