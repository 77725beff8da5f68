import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF about many files in one process: Vera 3a,ua1 FILE... One line for each answer. */
public class Vera {
  public static void main(String[] told) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (int at = 1; at < told.length; at++) {
      for (String name : told[0].split(",")) {
        ask(new File(told[at]), PDFAFlavour.byFlavourId(name), name);
      }
    }
  }

  static void ask(File file, PDFAFlavour flavour, String name) throws Exception {
    Map<String, String> broken = new TreeMap<>();
    int asked;
    try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      asked = result.getTotalAssertions();
      for (TestAssertion one : result.getTestAssertions()) {
        if (one.getStatus() == TestAssertion.Status.FAILED) {
          String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
          broken.putIfAbsent(rule, one.getMessage() + " " + one.getLocation().getContext());
        }
      }
      System.out.printf("%s\t%s\t%d\t%b%n", file.getName(), name, asked, result.isCompliant());
    }
    broken.forEach((rule, why) ->
        System.out.printf("\t%s %s%n", rule, why.replaceAll("\\s+", " ")));
  }
}
