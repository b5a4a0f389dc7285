package dev.countersign.client.watch;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.none;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Makes the JDK's own file and socket methods tell {@link IoHook} that they are called. Installed once in a JVM. */
final class IoAgent {
    private static final Map<String, String[]> METHODS = new LinkedHashMap<>();

    static {
        METHODS.put("java.io.FileInputStream", new String[] {"open", "read", "readAllBytes", "readNBytes", "skip"});
        METHODS.put("java.io.FileOutputStream", new String[] {"open", "write"});
        METHODS.put("java.io.RandomAccessFile", new String[] {"open", "read", "write", "seek", "length", "setLength"});
        METHODS.put("java.io.File", new String[] {
            "exists",
            "isDirectory",
            "isFile",
            "isHidden",
            "length",
            "lastModified",
            "createNewFile",
            "delete",
            "list",
            "normalizedList",
            "mkdir",
            "mkdirs",
            "renameTo",
            "canRead",
            "canWrite",
            "canExecute",
            "setReadable",
            "setWritable",
            "setExecutable",
            "setReadOnly",
            "setLastModified",
            "getCanonicalPath",
            "getTotalSpace",
            "getFreeSpace",
            "getUsableSpace",
            "createTempFile"
        });
        METHODS.put("sun.nio.ch.FileChannelImpl", new String[] {
            "open",
            "read",
            "write",
            "map",
            "lock",
            "tryLock",
            "force",
            "size",
            "truncate",
            "position",
            "transferTo",
            "transferFrom",
            "implCloseChannel"
        });
        METHODS.put("java.nio.MappedMemoryUtils", new String[] {"force", "load", "isLoaded"});
        METHODS.put("sun.nio.fs.UnixFileSystemProvider", new String[] {
            "newByteChannel",
            "newFileChannel",
            "newDirectoryStream",
            "createDirectory",
            "implDelete",
            "copy",
            "move",
            "checkAccess",
            "readAttributes",
            "exists",
            "readAttributesIfExists"
        });
        METHODS.put("sun.nio.ch.NioSocketImpl", new String[] {"create", "connect", "bind", "accept", "read", "write"});
        METHODS.put(
                "sun.nio.ch.SocketChannelImpl", new String[] {"connect", "read", "write", "bind", "implCloseChannel"});
        METHODS.put("sun.nio.ch.DatagramChannelImpl", new String[] {"connect", "read", "write", "send", "receive"});
        METHODS.put("sun.nio.ch.Net", new String[] {"socket", "serverSocket", "connect", "bind", "pollConnectNow"});
        METHODS.put("java.net.InetAddress", new String[] {
            "getAllByName", "getAllByName0", "getLocalHost", "getHostFromNameService", "isReachable"
        });
        METHODS.put("java.util.concurrent.locks.LockSupport", new String[] {"park", "parkNanos"});
        METHODS.put("java.lang.ProcessBuilder", new String[] {"start"});
    }

    /** By its name: who mentions the class loads it, and in the wrong class loader. */
    private static final String HOOK = "dev/countersign/client/watch/IoHook.class";

    private static boolean installed;

    private IoAgent() {}

    static synchronized void install() throws IOException {
        if (installed) {
            return;
        }
        installed = true;
        Instrumentation instrumentation = ByteBuddyAgent.install();
        instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(hook()));
        loadHook();
        AgentBuilder agent = new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .ignore(none());
        for (Map.Entry<String, String[]> entry : METHODS.entrySet()) {
            agent = agent.type(named(entry.getKey()))
                    .transform((builder, type, loader, module, domain) ->
                            builder.visit(Advice.to(Tell.class).on(concrete(namedOneOf(entry.getValue())))));
        }
        agent = agent.type(named("dev.countersign.client.internal.queue.SegmentPool"))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(Tell.class).on(concrete(named("await")))));
        agent.installOn(instrumentation);
    }

    /** Before anything calls it: loading it calls methods that are to call it, which for the JVM is a class that needs itself. */
    private static void loadHook() {
        try {
            Class.forName(HOOK.substring(0, HOOK.lastIndexOf('.')).replace('/', '.'), true, null);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the hook is in the jar", e);
        }
    }

    private static ElementMatcher<MethodDescription> concrete(ElementMatcher<? super MethodDescription> names) {
        return method -> names.matches(method)
                && not(isNative()).matches(method)
                && not(isAbstract()).matches(method);
    }

    /** A jar with the hook alone. */
    private static File hook() throws IOException {
        File jar = File.createTempFile("hook", ".jar");
        jar.deleteOnExit();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar.toPath()));
                var in = IoAgent.class.getClassLoader().getResourceAsStream(HOOK)) {
            out.putNextEntry(new JarEntry(HOOK));
            in.transferTo(out);
        }
        return jar;
    }

    /** Stands at the beginning of each of those methods. */
    static final class Tell {
        @Advice.OnMethodEnter
        static void enter(@Advice.Origin("#t.#m") String method) {
            IoHook.called(method);
        }
    }
}
