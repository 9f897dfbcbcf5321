using System.Reflection;

namespace AudioRelay.Actors.Tests;

/// <summary>Writes an assembly's public surface as text: one line per type and member, in a fixed order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    public static string Of(Assembly assembly)
    {
        var lines = assembly
            .GetExportedTypes()
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => Members(type).Order(StringComparer.Ordinal).Prepend(Heading(type)));
        return string.Join("\n", lines) + "\n";
    }

    private static string Heading(Type type)
    {
        if (type.IsEnum)
        {
            return $"enum {type.FullName}";
        }

        var bases = new[] { type.BaseType }
            .Where(b => b is not null && b != typeof(object))
            .Concat(type.GetInterfaces())
            .Select(b => Name(b!));
        var kind =
            type.IsInterface ? "interface"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        return $"{kind} {type.Namespace}.{Name(type)}: {string.Join(", ", bases)}".TrimEnd(':', ' ');
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"  {name} = {Convert.ToInt64(Enum.Parse(type, name))}");
        }

        return type.GetMembers(Declared)
            .Where(member => !member.Name.Contains('<', StringComparison.Ordinal))
            .Select(Line)
            .OfType<string>();
    }

    private static string? Line(MemberInfo member) =>
        member switch
        {
            ConstructorInfo c when Visible(c) => $"  {Access(c)}new({Parameters(c)})",
            PropertyInfo p when p.GetMethod is { } get && Visible(get) =>
                $"  {Access(get)}{Name(p.PropertyType)} {p.Name}{(p.CanWrite ? " set" : "")}",
            MethodInfo { IsSpecialName: false } m when Visible(m) && !Generated(m) =>
                $"  {Access(m)}{Name(m.ReturnType)} {m.Name}{Arguments(m.GetGenericArguments())}({Parameters(m)})",
            FieldInfo f when f.IsPublic => $"  {Name(f.FieldType)} {f.Name}",
            _ => null,
        };

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // What every record and every object has says nothing about the surface.
    private static bool Generated(MethodInfo method) =>
        method.Name is "Equals" or "GetHashCode" or "ToString" or "PrintMembers" or "Deconstruct";

    private static string Access(MethodBase method) =>
        (method.IsPublic ? "" : "protected ")
        + (method.IsStatic ? "static " : "")
        + (method is { IsAbstract: true } && !method.DeclaringType!.IsInterface ? "abstract " : "");

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = default" : "")}"));

    private static string Name(Type type) =>
        type.IsGenericType
            ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + Arguments(type.GetGenericArguments())
            : type.Name;

    private static string Arguments(Type[] types) => types.Length == 0 ? "" : $"<{string.Join(", ", types.Select(Name))}>";
}
