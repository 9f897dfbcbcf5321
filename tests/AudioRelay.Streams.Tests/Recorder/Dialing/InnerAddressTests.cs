using System.Net;
using AudioRelay.Streams.Recorder.Dialing;

namespace AudioRelay.Streams.Tests.Recorder.Dialing;

public sealed class InnerAddressTests
{
    // The first and the last address of each range, and the nearest ones outside.
    [Theory]
    [InlineData("0.0.0.0 0.255.255.255", "1.0.0.0")]
    [InlineData("10.0.0.0 10.255.255.255", "9.255.255.255 11.0.0.0")]
    [InlineData("100.64.0.0 100.127.255.255", "100.63.255.255 100.128.0.0")]
    [InlineData("127.0.0.0 127.0.0.1 127.255.255.255", "126.255.255.255 128.0.0.0")]
    [InlineData("169.254.0.0 169.254.169.254 169.254.255.255", "169.253.255.255 169.255.0.0")]
    [InlineData("172.16.0.0 172.31.255.255", "172.15.255.255 172.32.0.0")]
    [InlineData("192.0.0.0 192.0.0.255 192.0.2.0 192.0.2.255", "191.255.255.255 192.0.1.0 192.0.3.0")]
    [InlineData("192.168.0.0 192.168.255.255", "192.167.255.255 192.169.0.0")]
    [InlineData("198.18.0.0 198.19.255.255 198.51.100.0 198.51.100.255", "198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0")]
    [InlineData("203.0.113.0 203.0.113.255", "203.0.112.255 203.0.114.0")]
    [InlineData("224.0.0.0 239.255.255.255 240.0.0.0 255.255.255.255", "223.255.255.255 8.8.8.8")]
    public void Ranges_of_IPv4_end_where_they_end_however_IPv6_wraps_them(string inner, string outer)
    {
        foreach (var (addresses, isInner) in ((string, bool)[])[(inner, true), (outer, false)])
        {
            foreach (var address in addresses.Split(' '))
            {
                var b = IPAddress.Parse(address).GetAddressBytes();
                string[] forms =
                [
                    address,
                    $"{BitConverter.ToUInt32([b[3], b[2], b[1], b[0]])}", // as one number
                    $"0x{b[0]:x2}.0x{b[1]:x2}.0x{b[2]:x2}.0x{b[3]:x2}",
                    $"::ffff:{address}",
                    $"::{address}",
                    $"64:ff9b::{address}",
                    $"2002:{b[0]:x2}{b[1]:x2}:{b[2]:x2}{b[3]:x2}::1",
                ];
                Assert.All(forms, form => Assert.Equal((form, isInner), (form, InnerAddress.Is(IPAddress.Parse(form)))));
            }
        }
    }

    [Theory]
    [InlineData("::", true)]
    [InlineData("::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fe80::1%3", true)]
    [InlineData("febf:ffff::1", true)]
    [InlineData("fec0::1", true)]
    [InlineData("fc00::1", true)]
    [InlineData("fdff:ffff::1", true)]
    [InlineData("fd00:ec2::254", true)] // a cloud's metadata service
    [InlineData("ff02::1", true)]
    [InlineData("2001::1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("64:ff9b:1::10.0.0.1", true)]
    [InlineData("100::1", true)]
    [InlineData("2001:4860:4860::8888", false)]
    [InlineData("2606:4700::1111", false)]
    [InlineData("2a01:4f8::1", false)]
    [InlineData("fbff:ffff::1", false)]
    public void Ranges_of_IPv6(string address, bool isInner) => Assert.Equal(isInner, InnerAddress.Is(IPAddress.Parse(address)));
}
