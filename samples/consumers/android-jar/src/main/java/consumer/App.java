package consumer;

import android.content.Context;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.client.Countersign;
import dev.countersign.client.android.CountersignAndroid;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** An app with the client SDK: {@link #start} on a device, {@link #main} where its shrunk classes are tried. */
public final class App {
    private static final String PROOF =
            "hmac_v1:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static Countersign start(Context context) {
        return use(CountersignAndroid.builder(context, "pk_consumer")
                .endpoint("https://collect.example.com")
                .build());
    }

    public static void main(String[] args) throws IOException {
        HttpServer platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext("/", exchange -> {
            byte[] answer = "{\"success\":true,\"accepted\":2,\"duplicates\":0,\"rejected\":[]}".getBytes("UTF-8");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        platform.start();
        Countersign countersign = use(Countersign.builder("pk_consumer")
                .endpoint("http://127.0.0.1:" + platform.getAddress().getPort())
                .memoryQueue()
                .build());
        boolean delivered = countersign.flush(30, TimeUnit.SECONDS);
        String diagnostics = countersign.diagnostics().toString();
        countersign.close(5, TimeUnit.SECONDS);
        platform.stop(0);
        if (!delivered || !diagnostics.contains("delivered 2")) {
            throw new IllegalStateException(diagnostics);
        }
        System.out.println("CONSUMER OK " + args[0]);
    }

    private static Countersign use(Countersign countersign) {
        countersign.identify("u_123", Attributes.of("plan", "pro"), IdentityProof.token(PROOF));
        countersign.track("Invoice Paid", Attributes.of("amount", 42.5));
        return countersign;
    }
}
