Console.Error.WriteLine("audiorelay: nothing here yet");
return 2;
