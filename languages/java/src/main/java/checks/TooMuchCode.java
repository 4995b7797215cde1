package checks;

import io.github.cdkeventfunctions.LambdaRules;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;

/** An app without any construct of ours: it registers the rules and must be told that there is too much code. */
public final class TooMuchCode {
    private TooMuchCode() {
    }

    public static void main(final String[] args) {
        App app = new App();
        Validations.of(app).addPlugins(new LambdaRules());
        Function.Builder.create(new Stack(app, "Shop"), "Orders")
                .runtime(Runtime.JAVA_21)
                .handler("orders.Handler")
                .code(Code.fromAsset(System.getenv("TOO_MUCH_CODE")))
                .build();
        app.synth();
    }
}
