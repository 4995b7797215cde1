import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import software.amazon.event.ruler.Machine;

/**
 * What AWS's own engine says: one letter for each line {"pattern": text, "event": text} that it is given: `y` if the pattern matches, `n` if
 * not, `x` if it is no pattern.
 *
 * Of this is event-ruler.txt. To make it anew, with software.amazon.event.ruler:event-ruler (https://github.com/aws/event-ruler) and
 * Jackson on the class path: `java -cp ... Verdicts < pairs.jsonl`, with the pairs of pairs.ts, a line each.
 */
public class Verdicts {
    public static void main(String[] args) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line; (line = in.readLine()) != null;) {
            JsonNode pair = mapper.readTree(line);
            System.out.print(verdict(pair.get("pattern").asText(), pair.get("event").asText()));
        }
    }

    private static char verdict(String pattern, String event) throws Exception {
        Machine machine = new Machine();
        try {
            machine.addRule("rule", pattern);
        } catch (Exception e) {
            return 'x';
        }
        return machine.rulesForJSONEvent(event).isEmpty() ? 'n' : 'y';
    }
}
