using System.Numerics;

namespace GoImg.Demo.Pictures;

internal readonly record struct Ball(Vector3 Center, float Radius, Rgb Color);

/// <summary>Polished balls on a chequered floor, by tracing rays.</summary>
internal sealed class SphereScene(Ball[] balls, Palette palette, Vector3 light)
{
    private const float Far = 60;

    public Rgb Trace(Vector3 eye, Vector3 ray, int bounces)
    {
        var (hit, distance) = (-1, Far);
        for (var i = 0; i < balls.Length; i++)
        {
            var at = Hit(balls[i], eye, ray);
            if (at > 0.002f && at < distance)
                (hit, distance) = (i, at);
        }

        var sky = palette.At(0.62f + (0.36f * MathF.Exp(-4 * MathF.Abs(ray.Y))));
        var floor = ray.Y < 0 ? -eye.Y / ray.Y : Far;
        if (hit < 0 && floor >= Far)
            return sky;

        var isFloor = floor < distance;
        var reach = MathF.Min(floor, distance);
        var point = eye + (ray * reach);
        var normal = isFloor ? Vector3.UnitY : Vector3.Normalize(point - balls[hit].Center);
        var start = point + (normal * 0.01f);
        var isShaded = IsShaded(start);
        var color = (isFloor ? Floor(point) : balls[hit].Color) * (0.34f + (isShaded ? 0 : 0.75f * MathF.Max(0, Vector3.Dot(normal, light))));
        var mirrored = Vector3.Reflect(ray, normal);
        if (!isFloor && !isShaded)
            color += Rgb.White * (0.6f * MathF.Pow(MathF.Max(0, Vector3.Dot(mirrored, light)), 60));
        if (bounces > 0)
        {
            // A grazing look mirrors more (after Fresnel).
            var share = isFloor ? 0.12f : 0.16f + (0.5f * MathF.Pow(1 + Vector3.Dot(ray, normal), 3));
            color = color.Mix(Trace(start, mirrored, bounces - 1), Math.Clamp(share, 0, 1));
        }

        return color.Mix(sky, Noise.Step(9, 40, reach));
    }

    private Rgb Floor(Vector3 at) => palette.At(((int)MathF.Floor(at.X * 0.8f) + (int)MathF.Floor(at.Z * 0.8f)) % 2 == 0 ? 0.9f : 0.16f);

    private bool IsShaded(Vector3 from)
    {
        foreach (var ball in balls)
        {
            if (Hit(ball, from, light) > 0.01f)
                return true;
        }

        return false;
    }

    private static float Hit(Ball ball, Vector3 eye, Vector3 ray)
    {
        var to = ball.Center - eye;
        var along = Vector3.Dot(to, ray);
        var gap = (ball.Radius * ball.Radius) - (to.LengthSquared() - (along * along));
        return along < 0 || gap < 0 ? -1 : along - MathF.Sqrt(gap);
    }
}
