// Only the surface that bUnit 2.x binds to. The comparison ignores the order of attributes and of class names,
// comments, and white space between and around nodes; it has no diff:* attributes.
using System.Collections;
using AngleSharp.Diffing.Core;
using AngleSharp.Diffing.Strategies;
using AngleSharp.Dom;

namespace AngleSharp.Diffing.Core
{
    public enum DiffTarget { None, Attribute, Comment, Element, Node, Text }
    public enum FilterDecision { Keep, Exclude }
    public interface IDiff { DiffTarget Target { get; } }
    public interface IDiffContext;
    public interface IDiffingStrategy;

    public readonly record struct ComparisonSource(INode Node, int Index, string Path);
    public readonly record struct AttributeComparisonSource(IAttr Attribute, ComparisonSource ElementSource, string Path);
    public readonly struct Comparison(in ComparisonSource control, in ComparisonSource test)
    {
        public ComparisonSource Control { get; } = control;
        public ComparisonSource Test { get; } = test;
    }
    public sealed class SourceCollection(IEnumerable<ComparisonSource> sources) : IEnumerable<ComparisonSource>
    {
        private readonly List<ComparisonSource> _sources = [.. sources];
        public IEnumerable<ComparisonSource> GetUnmatched(int startIndex = 0) => _sources.Skip(startIndex);
        public IEnumerator<ComparisonSource> GetEnumerator() => _sources.GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    public abstract class DiffBase<T>(T control, T test, DiffTarget target) : IDiff where T : struct { public T Control { get; } = control; public T Test { get; } = test; public DiffTarget Target { get; } = target; }
    public abstract class MissingDiffBase<T>(T control, DiffTarget target) : IDiff where T : struct { public T Control { get; } = control; public DiffTarget Target { get; } = target; }
    public abstract class UnexpectedDiffBase<T>(T test, DiffTarget target) : IDiff where T : struct { public T Test { get; } = test; public DiffTarget Target { get; } = target; }
    public sealed class NodeDiff(ComparisonSource c, ComparisonSource t, DiffTarget target) : DiffBase<ComparisonSource>(c, t, target);
    public sealed class AttrDiff(AttributeComparisonSource c, AttributeComparisonSource t) : DiffBase<AttributeComparisonSource>(c, t, DiffTarget.Attribute);
    public sealed class MissingNodeDiff(ComparisonSource c, DiffTarget target) : MissingDiffBase<ComparisonSource>(c, target);
    public sealed class MissingAttrDiff(AttributeComparisonSource c) : MissingDiffBase<AttributeComparisonSource>(c, DiffTarget.Attribute);
    public sealed class UnexpectedNodeDiff(ComparisonSource t, DiffTarget target) : UnexpectedDiffBase<ComparisonSource>(t, target);
    public sealed class UnexpectedAttrDiff(AttributeComparisonSource t) : UnexpectedDiffBase<AttributeComparisonSource>(t, DiffTarget.Attribute);
}

namespace AngleSharp.Diffing.Strategies
{
    public enum StrategyType { Generalized, Specialized }
    public delegate IEnumerable<TComparison> MatchStrategy<in TSources, out TComparison>(IDiffContext context, TSources controlSources, TSources testSources);
    public delegate FilterDecision FilterStrategy<TSource>(in TSource source, FilterDecision currentDecision);
    public interface IDiffingStrategyCollection;
    public sealed class DiffingStrategyPipeline : IDiffingStrategy, IDiffingStrategyCollection
    {
        public List<FilterStrategy<AttributeComparisonSource>> AttributeFilters { get; } = [];
        public IDiffingStrategyCollection AddMatcher(MatchStrategy<SourceCollection, Comparison> matcher, StrategyType type) => this;
        public IDiffingStrategyCollection AddFilter(FilterStrategy<AttributeComparisonSource> filter, StrategyType type) { AttributeFilters.Add(filter); return this; }
    }
}

namespace AngleSharp.Diffing
{
    public static class DiffingStrategyPipelineBuilderExtensions
    {
        public static IDiffingStrategyCollection AddDefaultOptions(this IDiffingStrategyCollection c) => c;
    }

    public sealed class HtmlDiffer(IDiffingStrategy strategy)
    {
        private readonly List<FilterStrategy<AttributeComparisonSource>> _filters = (strategy as DiffingStrategyPipeline)?.AttributeFilters ?? [];

        public IEnumerable<IDiff> Compare(INode control, INode test) => Compare([control], [test]);
        public IEnumerable<IDiff> Compare(IEnumerable<INode> controls, IEnumerable<INode> tests)
        {
            var diffs = new List<IDiff>();
            Nodes([.. controls], [.. tests], "", diffs);
            return diffs;
        }

        private static bool Counts(INode n) => n is not IComment && !(n is IText t && string.IsNullOrWhiteSpace(t.Data));
        private static DiffTarget Kind(INode n) => n is IElement ? DiffTarget.Element : n is IText ? DiffTarget.Text : DiffTarget.Node;
        private static string Squash(string s) => string.Join(' ', s.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        private void Nodes(IReadOnlyList<INode> controls, IReadOnlyList<INode> tests, string path, List<IDiff> diffs)
        {
            List<INode> a = [.. controls.Where(Counts)], b = [.. tests.Where(Counts)];
            for (var i = 0; i < Math.Max(a.Count, b.Count); i++)
            {
                if (i >= b.Count) { diffs.Add(new MissingNodeDiff(Source(a[i], i, path), Kind(a[i]))); continue; }
                if (i >= a.Count) { diffs.Add(new UnexpectedNodeDiff(Source(b[i], i, path), Kind(b[i]))); continue; }
                ComparisonSource c = Source(a[i], i, path), t = Source(b[i], i, path);
                if (a[i] is IText x && b[i] is IText y) { if (Squash(x.Data) != Squash(y.Data)) diffs.Add(new NodeDiff(c, t, DiffTarget.Text)); }
                else if (a[i].NodeName != b[i].NodeName) diffs.Add(new NodeDiff(c, t, Kind(a[i])));
                else { if (a[i] is IElement e && b[i] is IElement f) Attributes(e, f, c, t, diffs); Nodes([.. a[i].ChildNodes], [.. b[i].ChildNodes], c.Path, diffs); }
            }
        }

        private void Attributes(IElement a, IElement b, ComparisonSource c, ComparisonSource t, List<IDiff> diffs)
        {
            Dictionary<string, AttributeComparisonSource> x = Kept(a, c), y = Kept(b, t);
            foreach (var (name, s) in x)
                if (!y.TryGetValue(name, out var other)) diffs.Add(new MissingAttrDiff(s));
                else if (Value(s.Attribute) != Value(other.Attribute)) diffs.Add(new AttrDiff(s, other));
            foreach (var (name, s) in y) if (!x.ContainsKey(name)) diffs.Add(new UnexpectedAttrDiff(s));
        }

        private Dictionary<string, AttributeComparisonSource> Kept(IElement e, ComparisonSource source)
        {
            var kept = new Dictionary<string, AttributeComparisonSource>();
            foreach (var attr in e.Attributes)
            {
                var s = new AttributeComparisonSource(attr, source, $"{source.Path}[{attr.Name}]");
                if (_filters.Aggregate(FilterDecision.Keep, (d, f) => f(s, d)) == FilterDecision.Keep) kept[attr.Name] = s;
            }
            return kept;
        }

        private static string Value(IAttr a) => a.Name == "class" ? string.Join(' ', Squash(a.Value).Split(' ').Order(StringComparer.Ordinal)) : a.Value;
        private static ComparisonSource Source(INode n, int i, string path) => new(n, i, $"{path}{(path.Length == 0 ? "" : " > ")}{n.NodeName.ToLowerInvariant()}({i})");
    }
}

namespace AngleSharp.Diffing.Extensions
{
    public static class ElementExtensions
    {
        public static IEnumerable<INode> GetParents(this INode node) { for (var p = node.Parent; p is not null; p = p.Parent) yield return p; }
    }
}
