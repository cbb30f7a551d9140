using System.Linq.Expressions;

namespace GoImg.Infrastructure.Database;

internal static class Expressions
{
    /// <summary>The expression with <paramref name="value"/> wherever it names the parameter.</summary>
    public static Expression With(this Expression expression, ParameterExpression parameter, Expression value) =>
        new Replacing(parameter, value).Visit(expression);

    private sealed class Replacing(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;
    }
}
