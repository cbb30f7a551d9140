using GoImg.Core.Accounts;
using GoImg.Core.Idempotency;
using Npgsql;

namespace GoImg.Infrastructure.Idempotency;

/// <inheritdoc/>
/// <remarks>On connections of its own: a claim has to be seen by others while the request's transaction is open, and to outlive it.</remarks>
internal sealed class IdempotencyKeys(NpgsqlDataSource database, TimeProvider time) : IIdempotencyKeys
{
    public async Task<KeyClaim> ClaimAsync(MemberId member, string key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var claim = new NpgsqlCommand(
            """
            INSERT INTO idempotency_keys AS k (member_id, key, claimed_at) VALUES ($1, $2, $3)
            ON CONFLICT (member_id, key) DO UPDATE
            SET claimed_at = excluded.claimed_at, status = NULL, fingerprint = NULL, request_bytes = NULL, content_type = NULL, location = NULL,
                etag = NULL, body = NULL
            WHERE k.claimed_at < $4 OR (k.status IS NULL AND k.claimed_at < $5)
            RETURNING 1
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = member.Value },
                new() { Value = key },
                new() { Value = now },
                new() { Value = now - IIdempotencyKeys.KeepFor },
                new() { Value = now - IIdempotencyKeys.ClaimedFor },
            },
        };
        if (await claim.ExecuteScalarAsync(cancellationToken) is not null)
            return new KeyClaim.Granted();

        await using var read = new NpgsqlCommand(
            "SELECT fingerprint, request_bytes, status, content_type, location, etag, body FROM idempotency_keys WHERE member_id = $1 AND key = $2",
            connection
        )
        {
            Parameters =
            {
                new() { Value = member.Value },
                new() { Value = key },
            },
        };
        await using var rows = await read.ExecuteReaderAsync(cancellationToken);
        // Gone or without an answer: the other one was still at it a moment ago.
        if (!await rows.ReadAsync(cancellationToken) || await rows.IsDBNullAsync(2, cancellationToken))
            return new KeyClaim.InUse();
        return new KeyClaim.Done(
            new(
                rows.GetString(0),
                rows.GetInt64(1),
                rows.GetInt32(2),
                rows.GetValue(3) as string,
                rows.GetValue(4) as string,
                rows.GetValue(5) as string,
                rows.GetFieldValue<byte[]>(6)
            )
        );
    }

    public async Task KeepAsync(MemberId member, string key, KeptResponse response, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE idempotency_keys SET fingerprint = $3, request_bytes = $4, status = $5, content_type = $6, location = $7, etag = $8, body = $9
            WHERE member_id = $1 AND key = $2
            """
        );
        object?[] values =
        [
            member.Value,
            key,
            response.Fingerprint,
            response.RequestBytes,
            response.Status,
            response.ContentType,
            response.Location,
            response.ETag,
            response.Body,
        ];
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task ReleaseAsync(MemberId member, string key, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("DELETE FROM idempotency_keys WHERE member_id = $1 AND key = $2 AND status IS NULL");
        command.Parameters.Add(new() { Value = member.Value });
        command.Parameters.Add(new() { Value = key });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<int> ForgetAsync(DateTimeOffset before, int take, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(SELECT ctid FROM idempotency_keys WHERE claimed_at < $1 LIMIT $2))"
        );
        command.Parameters.Add(new() { Value = before });
        command.Parameters.Add(new() { Value = take });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
