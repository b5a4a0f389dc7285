package dev.countersign.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Follows every link of every page, except into the network: those are only read for their form. */
final class Links {
    private static final Pattern ID = Pattern.compile("\\b(?:id|name)=\"([^\"]+)\"");
    private static final Pattern HTML_LINK = Pattern.compile("\\b(?:href|src)=\"([^\"]+)\"");
    private static final List<TablesExtension> TABLES = List.of((TablesExtension) TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create(), HeadingAnchorExtension.create()))
            .build();

    private final Path root;
    private final Map<Path, Set<String>> anchors = new HashMap<>();
    private int followed;

    Links(Path root) {
        this.root = root;
    }

    /** How many links were looked at. */
    int followed() {
        return followed;
    }

    /** What is wrong, as {@code page: link: why}. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Path page : Repository.files(root, path -> path.toString().endsWith(".md"))) {
            for (String link : linksOf(page)) {
                followed++;
                String problem = follow(page, link);
                if (!problem.isEmpty()) {
                    problems.add(root.relativize(page) + ": " + link + ": " + problem);
                }
            }
        }
        return problems;
    }

    private String follow(Path page, String link) {
        try {
            URI uri = URI.create(link);
            if (uri.getScheme() != null) {
                boolean named = Set.of("https", "http").contains(uri.getScheme()) && uri.getHost() != null;
                return named || uri.getScheme().equals("mailto") ? "" : "no address";
            }
        } catch (IllegalArgumentException e) {
            return "no link";
        }
        int hash = link.indexOf('#');
        String path = URLDecoder.decode(hash < 0 ? link : link.substring(0, hash), StandardCharsets.UTF_8);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!target.startsWith(root)) {
            return "leads out of the repository";
        }
        for (Path part : root.relativize(target)) {
            if (part.toString().equals("target")) {
                return "is there only after a build";
            }
        }
        if (!Files.exists(target)) {
            return "is not there";
        }
        if (hash < 0 || !target.toString().endsWith(".md")) {
            return "";
        }
        return anchors.computeIfAbsent(target, Links::anchorsOf).contains(link.substring(hash + 1))
                ? ""
                : "has no such heading";
    }

    private static Set<String> linksOf(Path page) {
        Set<String> links = new LinkedHashSet<>();
        PARSER.parse(read(page)).accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                links.add(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                links.add(image.getDestination());
                visitChildren(image);
            }

            @Override
            public void visit(HtmlInline html) {
                addAll(HTML_LINK, html.getLiteral(), links);
            }

            @Override
            public void visit(HtmlBlock html) {
                addAll(HTML_LINK, html.getLiteral(), links);
            }
        });
        return links;
    }

    /** Of headings, as they are rendered by the usual hosts, and of explicit ids. */
    private static Set<String> anchorsOf(Path page) {
        Set<String> ids = new LinkedHashSet<>();
        addAll(ID, RENDERER.render(PARSER.parse(read(page))), ids);
        return ids;
    }

    private static void addAll(Pattern pattern, String text, Set<String> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
