package io.github.streamingserver;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the arrows of the house: what may know what. */
@AnalyzeClasses(
    packages = ArchitectureTest.ROOT,
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  static final String ROOT = "io.github.streamingserver";

  @ArchTest
  static final ArchRule noCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingImportsTheRoot =
      noClasses()
          .that(resideInAPackage(ROOT + ".*.."))
          .should()
          .dependOnClassesThat(resideInAPackage(ROOT));

  @ArchTest
  static final ArchRule pureRoomsStayPure =
      noClasses()
          .that(resideInAnyPackage(in("model", "hls", "mpegts", "mp4", "drm")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.apache.pekko..",
                  "com.fasterxml..",
                  "com.typesafe..",
                  "org.slf4j..",
                  "java.nio.channels..",
                  "java.net.http.."))
          .allowEmptyShould(true);

  @ArchTest static final ArchRule tcpIsSeenByNone = onlySeenBy("tcp");

  @ArchTest static final ArchRule sessionIsSeenByTcp = onlySeenBy("session", "tcp");

  @ArchTest static final ArchRule protocolIsSeenBy = onlySeenBy("protocol", "session", "cli");

  @ArchTest static final ArchRule recorderIsSeenBySession = onlySeenBy("recorder", "session");

  @ArchTest static final ArchRule resolverIsSeenBy = onlySeenBy("resolver", "recorder");

  @ArchTest static final ArchRule providerIsSeenBy = onlySeenBy("provider", "session", "resolver");

  @ArchTest
  static final ArchRule httpIsSeenBy = onlySeenBy("http", "provider", "resolver", "recorder");

  @ArchTest static final ArchRule filesAreSeenBy = onlySeenBy("files", "provider", "recorder");

  @ArchTest
  static final ArchRule jacksonStaysInside =
      onlyIn(new String[] {"com.fasterxml.."}, "protocol", "provider", "recorder.journal");

  @ArchTest
  static final ArchRule jsoupStaysInside = onlyIn(new String[] {"org.jsoup.."}, "provider.html");

  @ArchTest
  static final ArchRule pekkoHttpStaysInside =
      onlyIn(new String[] {"org.apache.pekko.http.."}, "http");

  @ArchTest
  static final ArchRule cliIsSmall =
      noClasses()
          .that(resideInAPackage(ROOT + ".cli.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.pekko..", "com.fasterxml.."))
          .allowEmptyShould(true);

  private static String[] in(String... rooms) {
    return java.util.Arrays.stream(rooms)
        .map(room -> ROOT + "." + room + "..")
        .toArray(String[]::new);
  }

  /** A room that only these others, and the root's wiring, may know. */
  private static ArchRule onlySeenBy(String room, String... others) {
    String[] allowed = new String[others.length + 1];
    System.arraycopy(others, 0, allowed, 0, others.length);
    allowed[others.length] = room;
    return noClasses()
        .that(resideInAPackage(ROOT + ".*.."))
        .and(not(resideInAnyPackage(in(allowed))))
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "." + room + ".."));
  }

  private static ArchRule onlyIn(String[] library, String... rooms) {
    return noClasses()
        .that(not(resideInAnyPackage(in(rooms))))
        .should()
        .dependOnClassesThat(resideInAnyPackage(library));
  }
}
