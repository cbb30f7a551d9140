using GoImg.Core.Accounts;
using GoImg.Core.Events;

namespace GoImg.Core.Moderation;

[EventName("report.filed")]
public sealed record ReportFiled(ReportId ReportId, CaseId CaseId) : DomainEvent;

/// <param name="MemberId">Whose content or account it is about; null when that account was erased before.</param>
[EventName("decision.made")]
public sealed record DecisionMade(DecisionId DecisionId, MemberId? MemberId) : DomainEvent;

/// <inheritdoc cref="DecisionMade"/>
[EventName("decision.undone")]
public sealed record DecisionUndone(DecisionId DecisionId, MemberId? MemberId) : DomainEvent;
