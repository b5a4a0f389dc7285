package dev.countersign.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads the tags of rows ({@code @Tag("R58")}) from all test sources, as javac's parser sees them. */
final class TaggedTests {
    private static final Pattern ROW = Pattern.compile("[RT][0-9]+");
    private static final Set<String> TESTS = Set.of(
            "Test",
            "ParameterizedTest",
            "RepeatedTest",
            "TestFactory",
            "TestTemplate",
            "Property",
            "Example",
            "FuzzTest",
            "ArchTest");

    /**
     * One tag.
     *
     * @param row what the tag names
     * @param file the source, from the repository's root, with slashes
     * @param type the class or interface, nested ones joined with dots
     * @param method the test or the rule's field, or empty where the whole class is tagged
     */
    record Tagged(String row, String file, String type, String method) {
        String name() {
            return method.isEmpty() ? type : type + "." + method;
        }
    }

    /** What was read, and tags that prove nothing: on a disabled test, or on what is no test. */
    record Scan(List<Tagged> tags, List<String> problems) {}

    private TaggedTests() {}

    static Scan scan(Path root) throws IOException {
        List<Path> sources = Repository.files(
                root,
                path -> path.toString().endsWith(".java") && path.toString().contains("src/test/"));
        List<Tagged> tags = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        if (sources.isEmpty()) {
            return new Scan(tags, problems);
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, diagnostics, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                String file = root.relativize(Path.of(unit.getSourceFile().toUri()))
                        .toString()
                        .replace('\\', '/');
                unit.accept(new Reader(file, tags, problems), null);
            }
        }
        diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .forEach(diagnostic -> problems.add("not read: " + diagnostic));
        tags.sort(Comparator.comparing(Tagged::file).thenComparing(Tagged::name).thenComparing(Tagged::row));
        return new Scan(tags, problems);
    }

    private static final class Reader extends TreeScanner<Void, Void> {
        private final String file;
        private final List<Tagged> tags;
        private final List<String> problems;
        private final Deque<ClassTree> types = new ArrayDeque<>();

        Reader(String file, List<Tagged> tags, List<String> problems) {
            this.file = file;
            this.tags = tags;
            this.problems = problems;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (type.getSimpleName().isEmpty()) {
                return null;
            }
            types.addLast(type);
            boolean tests = type.getMembers().stream()
                    .anyMatch(member -> member instanceof MethodTree method && isTest(method.getModifiers()));
            note(type.getModifiers(), "", tests);
            super.visitClass(type, null);
            types.removeLast();
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            note(method.getModifiers(), method.getName().toString(), isTest(method.getModifiers()));
            return super.visitMethod(method, null);
        }

        /** A rule of ArchUnit is a test in a field. */
        @Override
        public Void visitVariable(VariableTree field, Void unused) {
            note(field.getModifiers(), field.getName().toString(), isTest(field.getModifiers()));
            return super.visitVariable(field, null);
        }

        private void note(ModifiersTree modifiers, String method, boolean test) {
            String type = String.join(
                    ".",
                    types.stream().map(each -> each.getSimpleName().toString()).toList());
            for (String row : rowsOf(modifiers)) {
                Tagged tagged = new Tagged(row, file, type, method);
                if (!test) {
                    problems.add(tagged.name() + " is tagged " + row + " and is no test: " + file);
                } else if (has(modifiers, Set.of("Disabled"))
                        || types.stream().anyMatch(each -> has(each.getModifiers(), Set.of("Disabled")))) {
                    problems.add(tagged.name() + " is tagged " + row + " and disabled: " + file);
                } else {
                    tags.add(tagged);
                }
            }
        }

        private static boolean isTest(ModifiersTree modifiers) {
            return has(modifiers, TESTS);
        }

        private static boolean has(ModifiersTree modifiers, Set<String> names) {
            return modifiers.getAnnotations().stream().anyMatch(annotation -> names.contains(nameOf(annotation)));
        }

        private static List<String> rowsOf(ModifiersTree modifiers) {
            List<String> rows = new ArrayList<>();
            modifiers.getAnnotations().forEach(annotation -> addRows(annotation, rows));
            return rows;
        }

        /** A tag, or the tags in {@code @Tags({…})}. */
        private static void addRows(AnnotationTree annotation, List<String> rows) {
            if (!Set.of("Tag", "Tags", "TagList", "ArchTag").contains(nameOf(annotation))) {
                return;
            }
            for (ExpressionTree argument : annotation.getArguments()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitLiteral(LiteralTree literal, Void unused) {
                        if (literal.getValue() instanceof String text
                                && ROW.matcher(text).matches()) {
                            rows.add(text);
                        }
                        return null;
                    }
                }.scan(argument instanceof AssignmentTree named ? named.getExpression() : argument, null);
            }
        }

        private static String nameOf(AnnotationTree annotation) {
            String name = annotation.getAnnotationType().toString();
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }
}
